/**
 * The offline verifier: what a code says, checked on the device with lists fetched beforehand.
 *
 * Nothing of a certificate leaves the device and nothing of it is kept.
 */

import { officialHost, rootKey } from "../pinned.ts";
import { type Language, languageOf } from "../texts.ts";
import { type Held, examine } from "./examining.ts";
import { type Pinned, keptLists, updatedLists } from "./lists.ts";
import { Camera, prepare, readPicture } from "./scanning.ts";
import { type Manner, examinationShown, listsShown } from "./showing.ts";
import { type OfflineWord, sayer } from "./texts.ts";

const PAGE = "/v/offline/";
const UPDATE_SECONDS = 60;

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

const now = (): number => Date.now() / 1000;

/** Show the page in the language and size that its address asks for. */
function manner(): Manner {
  const wanted = new URLSearchParams(location.search);
  const language: Language = languageOf(wanted.get("lang") ?? navigator.language);
  const large = wanted.get("type") === "large";
  const say = sayer(language);
  const root = document.documentElement;
  root.lang = say("language");
  root.className = large ? "large" : "normal";
  document.title = say("document");
  for (const one of document.querySelectorAll<HTMLElement>("[data-say]")) {
    one.textContent = say(one.dataset["say"] as OfflineWord);
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-label]")) {
    one.setAttribute("aria-label", say(one.dataset["label"] as OfflineWord));
  }
  const other = language === "zh" ? "en" : "zh";
  const size = element<HTMLAnchorElement>("size");
  size.href = `?lang=${language}${large ? "" : "&type=large"}`;
  size.textContent = say(large ? "option.normal" : "option.large");
  const link = element<HTMLAnchorElement>("language");
  link.href = `?lang=${other}${large ? "&type=large" : ""}`;
  link.lang = link.hreflang = other === "zh" ? "zh-Hans" : "en";
  link.textContent = say("option.language");
  return { say, language };
}

class Verifier {
  private held: Held = { keys: null, lists: new Map() };
  private readonly camera = new Camera(element<HTMLVideoElement>("video"));
  private readonly pinned: Pinned;
  private readonly manner: Manner;

  constructor(pinned: Pinned, shownIn: Manner) {
    this.pinned = pinned;
    this.manner = shownIn;
  }

  async start(): Promise<void> {
    this.listen();
    this.held = await keptLists(this.pinned);
    this.showLists();
    await this.update();
  }

  private listen(): void {
    const button = element("camera");
    button.addEventListener("click", () => {
      if (this.camera.isOpen) this.camera.close();
      else void this.scan();
    });
    const picture = element<HTMLInputElement>("picture");
    picture.addEventListener("change", () => {
      const file = picture.files?.[0];
      picture.value = "";
      if (file) void this.look(readPicture(file), "scan.unread");
    });
    element("typed").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = element<HTMLInputElement>("text");
      void this.check(text.value);
      text.value = "";
    });
    element("update").addEventListener("click", () => void this.update(true));
    addEventListener("online", () => void this.update());
    setInterval(() => {
      if (!document.hidden && navigator.onLine) void this.update();
    }, UPDATE_SECONDS * 1000);
  }

  private async scan(): Promise<void> {
    const video = element("video");
    const button = element("camera");
    video.hidden = false;
    button.textContent = this.manner.say("scan.close");
    await this.look(this.camera.scan(), "scan.denied");
    video.hidden = true;
    button.textContent = this.manner.say("scan.camera");
  }

  /** Check the text that is being looked for; `trouble` is said if looking fails. */
  private async look(text: Promise<string | null>, trouble: OfflineWord): Promise<void> {
    const told = element("trouble");
    told.textContent = "";
    try {
      const found = await text;
      if (found !== null) await this.check(found);
      else if (trouble === "scan.unread") told.textContent = this.manner.say(trouble);
    } catch {
      told.textContent = this.manner.say(trouble);
    }
  }

  private async check(text: string): Promise<void> {
    const { host } = this.pinned;
    const found = await examine(text, this.held, host, now());
    const said = element("said");
    said.replaceChildren(...examinationShown(found, host, now(), this.manner));
    said.focus({ preventScroll: true });
    said.scrollIntoView({ block: "start" });
  }

  private async update(asked = false): Promise<void> {
    if (asked) this.showLists(this.manner.say("held.updating"));
    try {
      this.held = await updatedLists(this.pinned, this.held);
      this.showLists();
    } catch {
      // Without a network this is no trouble: the lists say how old they are.
      this.showLists(asked ? this.manner.say("held.failed") : "");
    }
  }

  private showLists(said = ""): void {
    const shown: (Node | string)[] = [listsShown(this.held, now(), this.manner)];
    if (said) {
      const note = document.createElement("p");
      note.className = "note";
      note.textContent = said;
      shown.push(note);
    }
    element("lists").replaceChildren(...shown);
  }
}

const { worker, decoder } = document.body.dataset;
// At once: a page that stays open while a new release takes over no longer finds its old files.
if (decoder) void prepare(decoder);
if (worker && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register(worker, { scope: PAGE });
  void navigator.storage?.persist?.();
}
void new Verifier({ root: rootKey(), host: officialHost() }, manner()).start();
