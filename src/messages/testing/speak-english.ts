import { chooseLanguage } from '../choose-language';

// Tests and scripts read the project's words in English.
await chooseLanguage('en');
