using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Quartier.Engine.State;

/// <summary>Keeps states as JSON in memory, for tests and trials; lost with the process.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (byte[] Json, string Etag)> _rows = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var exists = _rows.TryGetValue((stateName, grainId), out var row);
        grainState.RecordExists = exists;
        grainState.ETag = exists ? row.Etag : null;
        if (exists)
        {
            grainState.State = JsonSerializer.Deserialize<T>(row.Json, Json);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        var row = (JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json), etag);
        var exists = _rows.TryGetValue(key, out var stored);
        var written = exists
            ? string.Equals(stored.Etag, grainState.ETag, StringComparison.Ordinal) && _rows.TryUpdate(key, row, stored)
            : grainState.ETag is null && _rows.TryAdd(key, row);
        if (!written)
        {
            throw Inconsistent(stateName, grainId, stored.Etag, grainState.ETag);
        }

        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var exists = _rows.TryGetValue(key, out var stored);
        var matches = exists ? string.Equals(stored.Etag, grainState.ETag, StringComparison.Ordinal) : grainState.ETag is null;
        if (!matches || (exists && !_rows.TryRemove(new KeyValuePair<(string, GrainId), (byte[], string)>(key, stored))))
        {
            throw Inconsistent(stateName, grainId, stored.Etag, grainState.ETag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static InconsistentStateException Inconsistent(string state, GrainId grain, string? stored, string? current) =>
        new($"State \"{state}\" of {grain} is stored in another version than the one that was read.", stored, current);
}
