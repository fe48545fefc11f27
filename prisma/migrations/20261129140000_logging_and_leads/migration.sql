-- AlterEnum
-- This migration adds more than one value to an enum.

ALTER TYPE "episode_kind" ADD VALUE 'logging';
ALTER TYPE "episode_kind" ADD VALUE 'leads';
