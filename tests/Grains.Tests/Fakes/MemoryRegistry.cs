using Quartier.Contracts.Registry;

namespace Grains.Tests.Fakes;

/// <summary>The registry and its documents in memory.</summary>
internal sealed class MemoryRegistry : IRegistry, IRegistryStore
{
    private readonly Dictionary<string, RegistrySnapshot> _cities = new(StringComparer.Ordinal);

    public List<RegistryDocument> Documents { get; } = [];

    public IReadOnlyCollection<string> Cities => _cities.Keys;

    public RegistrySnapshot? Find(string city) => _cities.GetValueOrDefault(city);

    public void Publish(RegistrySnapshot snapshot) => _cities[snapshot.City.Id] = snapshot;

    public ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken) => new([.. Documents]);

    public ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken)
    {
        Documents.Add(document with { Additions = Documents.Count == 0 ? [] : Documents[^1].Additions });
        return ValueTask.CompletedTask;
    }

    /// <summary>What the next amendment is refused with.</summary>
    public AmendRefusal? RefuseNext { get; set; }

    public ValueTask<AmendRefusal?> AmendAsync(
        string city, long version, RegistryAmendment amendment, long timeMs, CancellationToken cancellationToken)
    {
        var (refusal, changes) = (RefuseNext, amendment.Changes);
        RefuseNext = null;
        if (refusal is not null || version == 0)
        {
            return new(refusal);
        }

        var last = Documents.Last(d => d.City == city);
        var kept = last.Additions.Where(a => !changes.Any(c => (c.Kind, c.Key) == (a.Kind, a.Key)));
        var next = kept.Concat(changes.Where(c => c.Text is not null)).OrderBy(a => a.Kind).ThenBy(a => a.Key, StringComparer.Ordinal);
        Documents.Add(last with { Version = version, AppliedTimeMs = timeMs, Additions = [.. next] });
        return new((AmendRefusal?)null);
    }
}
