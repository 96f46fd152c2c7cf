import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

// What is loaded when it is needed takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });
