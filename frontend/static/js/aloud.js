/** Holds how a question is read aloud by the device's own voice, and only when somebody asks for it. */

/** A little slower than the voice by itself: a child listens. */
const RATE = 0.9;

/**
 * Lets the buttons ".ask-aloud" read their question, or stop reading; gives a function that makes it quiet.
 *
 * The buttons stay hidden on a device without a voice of its own for the language: a voice from elsewhere is never used.
 */
export function readAloud(element, language) {
  const speech = globalThis.speechSynthesis;
  if (!speech) return () => {};
  const buttons = [...element.querySelectorAll(".ask-aloud")];
  const offer = () => {
    for (const button of buttons) button.hidden = !voiceFor(speech, language);
  };
  for (const button of buttons) button.addEventListener("click", () => say(speech, language, button.closest(".ask")));
  speech.onvoiceschanged = offer;
  offer();
  return () => speech.cancel();
}

function voiceFor(speech, language) {
  return speech.getVoices().find(({ lang, localService }) => localService && lang.split(/[-_]/)[0] === language);
}

function say(speech, language, ask) {
  if (speech.speaking) return speech.cancel();
  const words = [...ask.querySelectorAll("[data-aloud]")].map((part) => part.textContent.trim());
  const told = new SpeechSynthesisUtterance(words.filter(Boolean).join("\n"));
  const voice = voiceFor(speech, language);
  return speech.speak(Object.assign(told, { voice, lang: voice.lang, rate: RATE }));
}
