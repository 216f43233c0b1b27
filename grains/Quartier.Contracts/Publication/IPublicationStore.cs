using System.Collections.Immutable;

namespace Quartier.Contracts.Publication;

/// <summary>
/// The port behind which published tables rest, so that what was once shown is shown again to the last digit: from two versions of one table it could
/// be told what came between.
/// </summary>
public interface IPublicationStore
{
    /// <summary>Parts of a stream that lie within a time, in order of their start.</summary>
    ValueTask<IReadOnlyList<PublishedPart>> FindAsync(string city, string stream, long fromMs, long toMs, CancellationToken cancellationToken);

    /// <summary>Keeps parts, all or none; one that is kept already stays as it is. Durable on return.</summary>
    /// <exception cref="Readings.StoreException">The disk refused; nothing may be shown that is not kept.</exception>
    ValueTask KeepAsync(ImmutableArray<PublishedPart> parts, CancellationToken cancellationToken);

    /// <summary>City and stream of everything that is kept.</summary>
    ValueTask<IReadOnlyList<(string City, string Stream)>> StreamsAsync(CancellationToken cancellationToken);

    /// <summary>How many parts of a stream are kept, and how many of them ended before a time.</summary>
    ValueTask<(long Kept, long Ended)> CountAsync(string city, string stream, long beforeMs, CancellationToken cancellationToken);

    /// <summary>Deletes the parts of a stream that ended before a time.</summary>
    /// <returns>Parts deleted.</returns>
    ValueTask<int> ForgetAsync(string city, string stream, long beforeMs, CancellationToken cancellationToken);
}
