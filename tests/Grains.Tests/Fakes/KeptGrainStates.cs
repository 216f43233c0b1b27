using System.Text.Json;
using Orleans.Storage;

namespace Grains.Tests.Fakes;

/// <summary>Keeps grain states as JSON, so that a state is what a real store would give back. Survives restarts of the grains.</summary>
internal sealed class KeptGrainStates : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private readonly Dictionary<(string Name, GrainId Grain), (string Json, int Version)> _rows = [];

    public int Writes { get; private set; }

    /// <summary>So many of the next writes fail.</summary>
    public int FailNext { get; set; }

    /// <summary>Only writes of states of this name fail; null for all.</summary>
    public string? FailOnly { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_rows.TryGetValue((stateName, grainId), out var row))
        {
            grainState.State = JsonSerializer.Deserialize<T>(row.Json, Json);
            grainState.ETag = $"{row.Version}";
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailNext > 0 && stateName == (FailOnly ?? stateName))
        {
            FailNext--;
            return Task.FromException(new IOException("the disk says no"));
        }

        var version = _rows.TryGetValue((stateName, grainId), out var row) ? row.Version : 0;
        if ((grainState.ETag ?? "0") != $"{version}")
        {
            return Task.FromException(new InconsistentStateException("another version is stored", $"{version}", grainState.ETag));
        }

        Writes++;
        _rows[(stateName, grainId)] = (JsonSerializer.Serialize(grainState.State, Json), version + 1);
        grainState.ETag = $"{version + 1}";
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("not needed here");
}
