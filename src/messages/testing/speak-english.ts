import { chooseLanguage } from '../choose-language';

// Unit tests read the page's own words in English.
await chooseLanguage('en');
