/** Holds when the way to the home screen is shown: in a browser that has one and is not opened from it; it installs nothing. */

const guide = document.getElementById("install-guide");

/** Only Safari on an iPad or iPhone says whether it was opened from the home screen; nobody else needs this guide. */
if (guide && navigator.standalone === false) guide.hidden = false;
