-- Annotations may hold the end of a phenomenon time that is a span (bit 5 of their members): a program that does not know it must not take it for a moment.
SELECT 1;
