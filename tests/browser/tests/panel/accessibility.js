(() => {
    const wrong = [];
    const all = (selector) => [...document.querySelectorAll(selector)];
    const isShown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
    const say = (element, what) => wrong.push(`${what}: ${element.outerHTML.slice(0, 160)}`);

    // Names.
    if (!document.documentElement.lang || !document.title) say(document.documentElement, "no language or title");
    if (all("h1").length !== 1 || all("main").length !== 1) say(document.body, "not one h1 and one main");
    for (const element of all("input:not([type=hidden]), select, textarea")) {
        if (!element.labels.length && !element.ariaLabel) say(element, "no label");
    }
    for (const element of all("a, button")) {
        if (isShown(element) && !(element.innerText || element.ariaLabel || "").trim()) say(element, "no name");
    }
    for (const element of all("[aria-labelledby]")) {
        if (!document.getElementById(element.getAttribute("aria-labelledby"))?.innerText) say(element, "its label isn't there");
    }
    for (const element of all("svg")) if (!element.ariaLabel) say(element, "no text for the picture");
    const ids = all("[id]").map(({ id }) => id);
    for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) wrong.push(`twice: #${id}`);
    const levels = all("h1, h2, h3, h4").map(({ tagName }) => Number(tagName[1]));
    levels.forEach((level, index) => { if (level > (levels[index - 1] ?? 0) + 1) wrong.push(`heading ${level} after ${levels[index - 1]}`); });
    for (const element of all("time")) if (Number.isNaN(Date.parse(element.dateTime))) say(element, "no time");

    // Contrast, WCAG 2.2, 1.4.3: 4.5 to 1 for text. Colours are drawn, whatever their notation.
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (color) => {
        const [red, green, blue] = color.slice(0, 3).map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const background = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = rgba(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
        }
        return [255, 255, 255, 255];
    };
    for (const element of all("body *")) {
        const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!hasText || !isShown(element) || element.closest("svg, script, noscript, .skip")) continue;
        const [light, dark] = [luminance(rgba(getComputedStyle(element).color)), luminance(background(element))].sort((a, b) => b - a);
        const contrast = (light + 0.05) / (dark + 0.05);
        if (contrast < 4.5) say(element, `contrast ${contrast.toFixed(2)}`);
    }

    // Targets, WCAG 2.2, 2.5.8: 24 pixels, but for links within text.
    for (const element of all("button, select, input:not([type=hidden]):not([type=checkbox])")) {
        if (isShown(element) && element.getBoundingClientRect().height < 24) say(element, "too small a target");
    }
    return wrong;
})()
