-- DropTable
DROP TABLE "touch_words";

