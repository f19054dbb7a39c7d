"""Holds a glance at a family's screen as it stands: what runs out of it, is cut off or lies over something else."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# A screen reader's own words are tiny boxes: they take no place and are passed over. Letters of some scripts reach a
# few px over their line, so only what overlaps clearly counts; what stands under one another keeps a little distance.
TROUBLES = """(still) => {
    const [CLEARLY, APART, CAP, EDGE] = [5, 6, 11, 1];
    const root = document.documentElement;
    const troubles = [];
    if (root.scrollWidth > root.clientWidth) troubles.push(`sideways: ${root.scrollWidth} px`);
    if (still && root.scrollHeight > root.clientHeight) troubles.push(`too tall: ${root.scrollHeight} px`);
    const told = (node) => node.textContent.trim().slice(0, 60);
    const shown = (element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !element.closest(".visually-hidden, .line-status, noscript");
    const outside = ({ left, right }) => left < -EDGE || right > root.clientWidth + EDGE;
    const cutOff = (element, { left, right, bottom }) => {
        for (let around = element; around && around !== document.body; around = around.parentElement) {
            if (getComputedStyle(around).overflow === "visible" || around.matches(".goal-words")) continue;
            const frame = around.getBoundingClientRect();
            if (left < frame.left - EDGE || right > frame.right + EDGE || bottom > frame.bottom + CLEARLY) return true;
        }
        return false;
    };
    const blockOf = (element) => {
        const inside = getComputedStyle(element).display.startsWith("inline") && !element.matches("button, label");
        return inside ? blockOf(element.parentElement) : element;
    };
    const boxesOf = (node, start = 0, end = node.data.length) => {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        return [...range.getClientRects()].filter(({ width }) => width);
    };
    const places = [];
    const walk = document.createTreeWalker(document.getElementById("stage"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode;
        const parent = node.parentElement;
        if (!node.data.trim() || !shown(parent)) continue;
        for (const box of boxesOf(node)) {
            if (outside(box)) troubles.push(`outside: ${told(node)}`);
            if (cutOff(parent, box)) troubles.push(`cut off: ${told(node)}`);
            places.push({ told: told(node), box, block: blockOf(parent), end: parent.matches(".line-end") });
        }
        for (const { 0: word, index } of node.data.matchAll(/[^\\s–—-]+/g)) {
            const lines = new Set(boxesOf(node, index, index + word.length).map(({ top }) => Math.round(top)));
            if (lines.size > 1) troubles.push(`broken in two: ${word}`);
        }
    }
    for (const button of document.querySelectorAll("#stage :is(a, button, label, input, textarea)")) {
        if (shown(button) && outside(button.getBoundingClientRect())) troubles.push(`outside: ${told(button)}`);
    }
    for (const rule of document.querySelectorAll("#stage .line-rule")) {
        const { left, right, top, bottom } = rule.getBoundingClientRect();
        const box = { left, right, top: top - CAP, bottom: bottom + CAP };
        if (shown(rule)) places.push({ told: "the line", box, block: rule });
    }
    for (const [place, one] of places.entries()) {
        for (const other of places.slice(place + 1)) {
            if (one.block === other.block) continue;
            const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            const most = one.end ? -APART : CLEARLY;
            if (wide > EDGE && high > most) troubles.push(`too close: ${one.told} | ${other.told}`);
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


def troubles(page: Page, *, still: bool = False) -> list[Any]:
    """Gives what does not fit on the screen as it stands, a sentence each; a still screen need not be scrolled."""
    found: list[Any] = page.evaluate(TROUBLES, still)
    return found
