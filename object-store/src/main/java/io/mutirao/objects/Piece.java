package io.mutirao.objects;

/**
 * A piece of an object.
 *
 * @param size of the whole object, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, only read.
public record Piece(byte[] bytes, long size) {}
