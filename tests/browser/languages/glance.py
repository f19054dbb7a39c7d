"""Holds a glance at a family's screen as it stands: what runs out of it, is cut off or lies over something else."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# A screen reader's own words are tiny boxes: they take no place and are passed over. Letters of some scripts reach a
# few px over their line, so only what overlaps clearly counts.
TROUBLES = """() => {
    const CLEARLY = 5;
    const root = document.documentElement;
    const troubles = [];
    if (root.scrollWidth > root.clientWidth) troubles.push(`sideways: ${root.scrollWidth} px`);
    const told = (node) => node.textContent.trim().slice(0, 60);
    const shown = (element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !element.closest(".visually-hidden, .line-status, noscript");
    const cutBy = (element, box) => {
        for (let around = element; around && around !== document.body; around = around.parentElement) {
            if (getComputedStyle(around).overflow === "visible" || around.matches(".goal-words")) continue;
            const frame = around.getBoundingClientRect();
            if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + CLEARLY) return true;
        }
        return false;
    };
    const blockOf = (element) =>
        getComputedStyle(element).display.startsWith("inline") && !element.matches("button, label") ? blockOf(element.parentElement) : element;
    const texts = [];
    const walk = document.createTreeWalker(document.getElementById("stage"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode;
        if (!node.data.trim() || !shown(node.parentElement)) continue;
        const range = new Range();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            if (!box.width) continue;
            if (box.left < -1 || box.right > root.clientWidth + 1) troubles.push(`outside: ${told(node)}`);
            if (cutBy(node.parentElement, box)) troubles.push(`cut off: ${told(node)}`);
            texts.push({ node, box, block: blockOf(node.parentElement) });
        }
    }
    for (const rule of document.querySelectorAll("#stage .line-rule")) {
        if (!shown(rule)) continue;
        const { left, right, top, bottom } = rule.getBoundingClientRect();
        texts.push({ node: { textContent: "the line" }, box: { left, right, top: top - 11, bottom: bottom + 11 }, block: rule });
    }
    for (const [place, one] of texts.entries()) {
        for (const other of texts.slice(place + 1)) {
            if (one.block === other.block) continue;
            const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            if (wide > 1 && high > CLEARLY) troubles.push(`over each other: ${told(one.node)} | ${told(other.node)}`);
        }
    }
    return [...new Set(troubles)];
}"""
SHOW = """async ({ language, screen, slots }) => {
    const { blankForm, show, words } = await import("/static/js/stage.js");
    const inPage = document.getElementById(screen);
    const here = inPage?.lang === language ? inPage : (await words(language))[screen];
    const template = here ?? (await blankForm(screen, "1", language));
    if (template.dataset.parts === undefined) return show(template, slots);
    const { Form, partsOf } = await import("/static/js/form.js");
    const parts = await partsOf(template);
    show(template, slots);
    const goals = [{ id: "goal", words: slots.who }];
    new Form(document.querySelector("#stage .form"), { deposit: () => {}, parts, goals });
    document.querySelector("#stage .line")?.classList.add("active", "has-mark");
}"""
SLOTS = {
    "who": "Alexandra",
    "next": "Alexandra",
    "about": "Maximilian",
    "seen_by": "Anne, Kirsten Marie, Bo",
    "thanks": "Maximilian",
    "kept": True,
    "child": True,
}


def show(page: Page, screen: str, language: str) -> None:
    """Shows a screen of the family's in a language, with long names in it; a form's first line offers its nudges."""
    page.evaluate(SHOW, {"language": language, "screen": screen, "slots": SLOTS})


def troubles(page: Page) -> list[Any]:
    """Gives what does not fit on the screen as it stands, a sentence each."""
    found: list[Any] = page.evaluate(TROUBLES)
    return found
