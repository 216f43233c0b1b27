namespace Quartier.Storage.Disk;

/// <summary>An open file. A write is durable only after the next <see cref="Flush"/> that succeeds; a crash before may keep any part of it.</summary>
internal interface IDiskFile : IDisposable
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from the offset; fewer bytes only at the end of the file.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes at the offset.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts off what is behind the length; durable after the next <see cref="Flush"/>.</summary>
    void Truncate(long bytes);

    /// <summary>Makes everything written so far durable.</summary>
    void Flush();
}
