using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;

namespace Grains.Tests.Fakes;

/// <summary>Policy documents in memory. Survives restarts of the grains.</summary>
internal sealed class MemoryPolicyStore : IPolicyStore
{
    private readonly SortedDictionary<(string City, string District, long Version), PolicyDocument> _documents = [];

    /// <summary>So many of the next writes fail.</summary>
    public int FailNext { get; set; }

    public ValueTask<IReadOnlyList<PolicyDocument>> LoadAsync(string city, CancellationToken cancellationToken) =>
        new([.. _documents.Values.Where(d => d.City == city)]);

    public ValueTask<IReadOnlyList<string>> CitiesAsync(CancellationToken cancellationToken) => new([.. _documents.Values.Select(d => d.City).Distinct()]);

    public ValueTask SaveAsync(PolicyDocument document, CancellationToken cancellationToken)
    {
        if (FailNext > 0)
        {
            FailNext--;
            throw new StoreException("the disk says no");
        }

        _documents[(document.City, document.District ?? "", document.Version)] = document;
        return ValueTask.CompletedTask;
    }
}
