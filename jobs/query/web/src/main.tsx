import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { applyTheme } from './app/theme';
import './styles/page.css';

applyTheme();
const root = document.getElementById('root');
if (root === null) {
  throw new Error('the document has no place for the page');
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
