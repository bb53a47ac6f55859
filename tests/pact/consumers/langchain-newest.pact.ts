import { recordLangchain } from '../langchain/record-langchain.ts';

// Its constructor loses the URL; the attribute works.
recordLangchain('langchain-community', 'langchain-community-with-states', { isConstructed: false });
