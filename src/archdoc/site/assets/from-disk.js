// Search on pages from disk: browsers start no worker there, so the theme's runs in a hidden frame.
(() => {
  "use strict";
  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const inside = frame.contentDocument;
      inside.open();
      inside.write("<!doctype html><title>Search</title><body>");
      inside.close();
      this.window = frame.contentWindow;
      const load = (script) =>
        new Promise((done, failed) => {
          const made = inside.createElement("script");
          Object.assign(made, { src: script, onload: done, onerror: failed });
          inside.body.append(made);
        });
      // What a worker says goes out; the theme's also loads the languages that it has to know.
      this.window.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.window.importScripts = (...scripts) =>
        scripts.reduce((before, script) => before.then(() => load(script)), Promise.resolve());
      this.ready = load(new URL(address, location.href).href);
    }

    postMessage(data) {
      const { MessageEvent } = this.window;
      this.ready.then(() => this.window.dispatchEvent(new MessageEvent("message", { data })));
    }
  }

  window.IFrameWorker = window.Worker = FrameWorker; // the theme asks for the first name, too
})();
