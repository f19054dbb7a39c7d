"""Draws the icons and start pictures of the home screen from icons/app.svg; what it draws is committed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from backend.pages.words import START_SIZES

ICONS = Path("frontend/static/icons")
SIZES = (180, 192, 512)
DENSITY = 2
COLOURS = {"light": ("#faf8f5", "#1f2a33", "#0f6b6b"), "dark": ("#14191d", "#ece8e1", "#62c4bd")}
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def draw(browser: Browser, file: Path, width: int, height: int, density: int, inside: str) -> None:
    """Writes one picture of a page that holds nothing but an SVG."""
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=density)
    page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>{inside}")
    page.screenshot(path=file)
    page.close()


def start_picture(width: int, height: int, colours: tuple[str, str, str]) -> str:
    """Gives the drawing of the icon's line on an empty screen, so that opening Linjen is calm."""
    paper, rule, mark = colours
    left, top = (width - 288) / 2 - 112, height / 2 - 256
    return (
        f'<svg viewBox="0 0 {width} {height}" fill="none" stroke-linecap="round">'
        f'<path fill="{paper}" d="M0 0h{width}v{height}H0z"/><g transform="translate({left} {top})">'
        f'<path d="M112 256h288M112 206v100M400 206v100" stroke="{rule}" stroke-width="16"/>'
        f'<path d="M294 150v212" stroke="{mark}" stroke-width="22"/></g></svg>'
    )


def main() -> None:
    """Draws every picture anew."""
    ICONS.joinpath("start").mkdir(exist_ok=True)
    with sync_playwright() as driver:
        found = next((path for path in CHROMIUM if Path(path).exists()), None)
        browser = driver.chromium.launch(executable_path=found, chromium_sandbox=False, args=["--disable-gpu"])
        for size in SIZES:
            draw(browser, ICONS / f"linjen-{size}.png", size, size, 1, ICONS.joinpath("app.svg").read_text())
        for width, height in [*START_SIZES, *((height, width) for width, height in START_SIZES)]:
            for name, colours in COLOURS.items():
                file = ICONS / "start" / f"{width}x{height}-{name}.png"
                draw(browser, file, width, height, DENSITY, start_picture(width, height, colours))


if __name__ == "__main__":
    main()
