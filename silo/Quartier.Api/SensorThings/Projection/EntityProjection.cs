using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Registers;
using Quartier.Domain.SensorThings.Registered;

namespace Quartier.Api.SensorThings.Projection;

/// <summary>
/// Keeps the entities what registry and policies say: before an answer it looks whether either has changed since, which costs two comparisons a city,
/// and only then writes the differences. Nothing has to be told of a change, so none can be missed.
/// </summary>
internal sealed class EntityProjection(
    IRegistry registry, IPolicies policies, IEntityStore entities, DatastreamNumbers numbers, TimeProvider time, ILogger<EntityProjection> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, (RegistrySnapshot Registry, PolicySnapshot? Policies)> _done = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Brings the entities of all cities up to date.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        foreach (var city in registry.Cities)
        {
            if (!IsDone(city))
            {
                await CatchUpAsync(city, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private bool IsDone(string city) =>
        _done.TryGetValue(city, out var done) && ReferenceEquals(done.Registry, registry.Find(city)) && ReferenceEquals(done.Policies, policies.Find(city));

    private async Task CatchUpAsync(string city, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsDone(city) && registry.Find(city) is { } snapshot)
            {
                await ProjectAsync(city, snapshot, policies.Find(city), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ProjectAsync(string city, RegistrySnapshot snapshot, PolicySnapshot? inForce, CancellationToken cancellationToken)
    {
        var isComplete = await numbers.LearnAsync(snapshot, snapshot.City.Sensors, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = RegisteredEntities.Of(
            new RegisterBasis(snapshot, inForce, now), (sensor, index) => numbers.Of(city, sensor, sensor.Datastreams[index].Property));
        var outcome = await entities.ProjectAsync(city, rows, now, cancellationToken).ConfigureAwait(false);
        if (outcome.Refusal is { } refusal)
        {
            // Trying again at every answer would only burn the machine: the next change is the next try.
            Log.NotProjected(logger, city, snapshot.Version, refusal.ToString());
            _done[city] = (snapshot, inForce);
        }
        else if (isComplete)
        {
            _done[city] = (snapshot, inForce);
            Log.Projected(logger, city, snapshot.Version, rows.Length);
        }
    }
}
