using System.Collections.Immutable;
using Quartier.Contracts.Publication;

namespace Api.Tests.Fakes;

/// <summary>Published tables in memory.</summary>
internal sealed class FakePublications : IPublicationStore
{
    private readonly Dictionary<(string, string, long, long), PublishedPart> _parts = [];

    public Exception? Failure { get; set; }

    public int Kept => _parts.Count;

    public ValueTask<IReadOnlyList<PublishedPart>> FindAsync(string city, string stream, long fromMs, long toMs, CancellationToken cancellationToken) =>
        new([.. _parts.Values.Where(p => p.City == city && p.Stream == stream && p.StartMs >= fromMs && p.EndMs <= toMs).OrderBy(p => p.StartMs)]);

    public ValueTask KeepAsync(ImmutableArray<PublishedPart> parts, CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        foreach (var part in parts)
        {
            _parts.TryAdd((part.City, part.Stream, part.StartMs, part.EndMs), part);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<(string City, string Stream)>> StreamsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<(long Kept, long Ended)> CountAsync(string city, string stream, long beforeMs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> ForgetAsync(string city, string stream, long beforeMs, CancellationToken cancellationToken) => throw new NotSupportedException();
}
