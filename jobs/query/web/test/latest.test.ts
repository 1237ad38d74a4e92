import { describe, expect, it } from 'vitest';
import { Latest, RecentAnswers } from '../src/waveform/latest';

describe('recent answers', () => {
  it('stay below their bytes, the least recently used going first', () => {
    const answers = new RecentAnswers<string>(10, (text) => text.length);
    answers.put('a', 'aaaa');
    answers.put('b', 'bbbb');
    expect(answers.get('a')).toBe('aaaa');
    answers.put('c', 'cccc');
    expect(answers.get('b')).toBeUndefined();
    expect(answers.get('a')).toBe('aaaa');
    expect(answers.bytes).toBe(8);
  });

  it('don’t keep what is larger than all of it, and count a key once', () => {
    const answers = new RecentAnswers<string>(5, (text) => text.length);
    answers.put('a', 'aaa');
    answers.put('a', 'aaaaaa');
    expect(answers.get('a')).toBeUndefined();
    answers.put('b', 'b');
    answers.put('b', 'bb');
    expect(answers.bytes).toBe(2);
  });
});

describe('the latest job', () => {
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

  function started() {
    const begun: { job: number; signal: AbortSignal; end: () => void }[] = [];
    const latest = new Latest<number>(
      (job, signal) => new Promise<void>((resolve) => begun.push({ job, signal, end: resolve })),
      (next, running) => Math.abs(next - running) > 10,
    );
    return { begun, latest };
  }

  it('follows the one that runs; those between are never begun', async () => {
    const { begun, latest } = started();
    [1, 2, 3, 4].forEach((job) => latest.ask(job));
    expect(begun.map((b) => b.job)).toEqual([1]);
    expect(begun[0]?.signal.aborted).toBe(false);
    begun[0]?.end();
    await turn();
    expect(begun.map((b) => b.job)).toEqual([1, 4]);
    begun[1]?.end();
    await turn();
    expect(begun).toHaveLength(2);
  });

  it('cancels what it overtakes', async () => {
    const { begun, latest } = started();
    latest.ask(1);
    latest.ask(50);
    expect(begun[0]?.signal.aborted).toBe(true);
    begun[0]?.end();
    await turn();
    expect(begun.map((b) => b.job)).toEqual([1, 50]);
  });

  it('is nothing after the end', async () => {
    const { begun, latest } = started();
    latest.ask(1);
    latest.ask(2);
    latest.close();
    expect(begun[0]?.signal.aborted).toBe(true);
    begun[0]?.end();
    await turn();
    latest.ask(3);
    expect(begun).toHaveLength(1);
  });
});
