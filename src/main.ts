import { mount } from 'svelte';
import { createLitescope, type Litescope } from './api';
import App from './app/App.svelte';
import { languageOfPage } from './app/state/language';
import './app/styles/index.css';
import { chooseLanguage } from './messages/choose-language';

declare global {
  interface Window {
    readonly litescope: Litescope;
  }
}

const language = languageOfPage();
await chooseLanguage(language);
document.documentElement.lang = language;

const litescope = createLitescope();
Object.defineProperty(window, 'litescope', { value: litescope });

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target, props: { litescope } });
