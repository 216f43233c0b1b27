using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;

namespace Quartier.Domain.Publication;

/// <summary>Published days and months as bytes: JSON, deflated. Written once and read as long as they are kept.</summary>
public static class PublishedText
{
    /// <summary>A day as bytes.</summary>
    public static byte[] Write(PublishedDay day) => Deflate(day);

    /// <summary>The cells of a month as bytes.</summary>
    public static byte[] Write(ImmutableArray<PublishedCell> month) => Deflate(month);

    /// <summary>Reads a day.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static PublishedDay ReadDay(ReadOnlyMemory<byte> bytes) => Inflate<PublishedDay>(bytes);

    /// <summary>Reads the cells of a month.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static ImmutableArray<PublishedCell> ReadMonth(ReadOnlyMemory<byte> bytes) => Inflate<ImmutableArray<PublishedCell>>(bytes);

    private static byte[] Deflate<T>(T value)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(deflate, value);
        }

        return bytes.ToArray();
    }

    private static T Inflate<T>(ReadOnlyMemory<byte> bytes)
    {
        using var inflate = new DeflateStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        try
        {
            return JsonSerializer.Deserialize<T>(inflate) ?? throw new InvalidDataException("A published table reads as nothing.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"A published table cannot be read: {error.Message} Restore city.db from a backup.", error);
        }
    }
}
