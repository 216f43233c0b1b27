import { mount } from 'svelte';
import App from './page/App.svelte';
import './page/page.css';

const target = document.getElementById('page');
if (target === null) {
  throw new Error('index.html has no element "page"');
}
mount(App, { target });
