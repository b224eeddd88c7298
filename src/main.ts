import { mount } from 'svelte';
import { createLitescope, type Litescope } from './api';
import App from './app/App.svelte';
import { languageOfPage } from './app/state/language';
import './app/styles/index.css';
import { chooseLanguage } from './messages/choose-language';
import { currentLanguage } from './messages/messages';

declare global {
  interface Window {
    readonly litescope: Litescope;
  }
}

await chooseLanguage(languageOfPage());
document.documentElement.lang = currentLanguage();

const litescope = createLitescope();
Object.defineProperty(window, 'litescope', { value: litescope });

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target, props: { litescope } });
