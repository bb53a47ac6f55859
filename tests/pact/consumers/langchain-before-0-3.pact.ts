import { recordLangchain } from '../langchain/record-langchain.ts';

recordLangchain('langchain-community-before-0.3', 'langchain-community-before-0.3-with-states', {
  isConstructed: true,
});
