import { describe, expect, it } from 'vitest';
import { isOnVolume } from '../../../src/db/embedded/volume.ts';

const OVERLAY = '1234 1000 0:55 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/x';
const DATA = '1260 1234 8:1 /volumes/x/_data /data rw,relatime master:1 - ext4 /dev/vda rw';
const MEMORY = '1261 1234 0:60 / /data rw,nosuid - tmpfs tmpfs rw,size=65536k';
const SPACED = '1262 1234 8:1 /y /my\\040data rw,relatime - ext4 /dev/vda rw';

describe('the data folder of a container', () => {
  it.each([
    ['in the container’s own layer', [OVERLAY], '/bigplan/.data', false],
    ['on a volume', [OVERLAY, DATA], '/data', true],
    ['within a volume', [DATA, OVERLAY], '/data/bigplan', true],
    ['beside a volume of a like name', [OVERLAY, DATA], '/database', false],
    ['in memory', [OVERLAY, MEMORY], '/data', false],
    ['on a volume with a space in its name', [OVERLAY, SPACED], '/my data/x', true],
    ['where there is no list', [], '/data', true],
  ])('%s', (_, mounts, folder, isOn) => {
    expect(isOnVolume(mounts.join('\n'), folder)).toBe(isOn);
  });
});
