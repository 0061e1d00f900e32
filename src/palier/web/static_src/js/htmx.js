// htmx with our settings (its configuration stands in the head of each page); it adds, and never replaces.
import htmx from "htmx.org/dist/htmx.esm.js";

window.htmx = htmx;
htmx.process(document.body);
