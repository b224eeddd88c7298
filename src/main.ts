import { mount } from 'svelte';
import { createLitescope, type Litescope } from './api';
import App from './app/App.svelte';
import './app/styles/index.css';

declare global {
  interface Window {
    readonly litescope: Litescope;
  }
}

const litescope = createLitescope();
Object.defineProperty(window, 'litescope', { value: litescope });

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target, props: { litescope } });
