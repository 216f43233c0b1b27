using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>
/// Grain states in city.db as JSON. No two writes of a run get the same version, so that a state cleared and made anew is not taken
/// for the old one. What is written at the same time shares a transaction.
/// </summary>
internal sealed class CityGrainStorage(CityDatabase city) : IGrainStorage
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private long _lastETag = city.Read(database => database.Scalar("SELECT coalesce(max(etag), 0) FROM grain_state"));

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = city.Read(database => Find(database, stateName, grainId.ToString()));
        grainState.RecordExists = stored.ETag != 0;
        grainState.ETag = ToText(stored.ETag);
        grainState.State = stored.Body is null ? NewState<T>() : JsonSerializer.Deserialize<T>(stored.Body, s_json);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (expected, grain) = (ToNumber(grainState.ETag), grainId.ToString());
        var body = JsonSerializer.SerializeToUtf8Bytes(grainState.State, s_json);
        var next = Interlocked.Increment(ref _lastETag);
        var stored = await city.WriteAsync(database =>
        {
            var found = ETagOf(database, stateName, grain);
            if (found == expected)
            {
                database.Prepare("INSERT OR REPLACE INTO grain_state (state, grain, etag, body) VALUES (?, ?, ?, ?)")
                    .Bind(1, stateName).Bind(2, grain).Bind(3, next).Bind(4, body)
                    .Execute();
            }

            return found;
        }).ConfigureAwait(false);
        Check(stateName, grain, stored, expected);
        grainState.ETag = ToText(next);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (expected, grain) = (ToNumber(grainState.ETag), grainId.ToString());
        var stored = await city.WriteAsync(database =>
        {
            var found = ETagOf(database, stateName, grain);
            if (found == expected)
            {
                database.Prepare("DELETE FROM grain_state WHERE state = ? AND grain = ?").Bind(1, stateName).Bind(2, grain).Execute();
            }

            return found;
        }).ConfigureAwait(false);
        Check(stateName, grain, stored, expected);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = NewState<T>();
    }

    private static (long ETag, byte[]? Body) Find(Database database, string state, string grain)
    {
        using var row = database.Prepare("SELECT etag, body FROM grain_state WHERE state = ? AND grain = ?").Bind(1, state).Bind(2, grain).Run();
        return row.Next() ? (row.Int64(0), row.Bytes(1).ToArray()) : (0, null);
    }

    private static long ETagOf(Database database, string state, string grain)
    {
        using var row = database.Prepare("SELECT etag FROM grain_state WHERE state = ? AND grain = ?").Bind(1, state).Bind(2, grain).Run();
        return row.Next() ? row.Int64(0) : 0;
    }

    private static void Check(string state, string grain, long stored, long expected)
    {
        if (stored != expected)
        {
            throw new InconsistentStateException(
                $"State {state} of {grain} has version {stored}, not {expected}: another activation wrote it. Read it again before writing.",
                ToText(stored),
                ToText(expected),
                null);
        }
    }

    private static T? NewState<T>() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is null ? default : Activator.CreateInstance<T>();

    private static string? ToText(long etag) => etag == 0 ? null : etag.ToString(CultureInfo.InvariantCulture);

    private static long ToNumber(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);
}
