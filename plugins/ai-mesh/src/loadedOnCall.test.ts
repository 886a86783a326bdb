import { loadedOnCall } from './loadedOnCall';

class Counter {
  #count = 0;

  async add(by: number): Promise<number> {
    this.#count += by;
    return this.#count;
  }
}

describe('loadedOnCall', () => {
  it('loads once, when the first method is called, and keeps what it has loaded', async () => {
    const load = jest.fn(async () => new Counter());
    const counter = loadedOnCall(load);
    expect(load).not.toHaveBeenCalled();
    expect(await Promise.all([counter.add(1), counter.add(2)])).toEqual([1, 3]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('has the same methods all the time, and is no promise', async () => {
    const counter = loadedOnCall(async () => new Counter());
    expect(counter.add).toBe(counter.add);
    expect(await Promise.resolve(counter)).toBe(counter);
  });

  it('tries again where the code could not be loaded', async () => {
    const load = jest
      .fn<Promise<Counter>, []>()
      .mockRejectedValueOnce(new Error('Loading chunk 7 failed'))
      .mockResolvedValue(new Counter());
    const counter = loadedOnCall(load);
    await expect(counter.add(1)).rejects.toThrow('Loading chunk 7 failed');
    expect(await counter.add(1)).toBe(1);
  });
});
