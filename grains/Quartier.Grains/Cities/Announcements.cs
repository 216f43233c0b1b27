using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Registry;

namespace Quartier.Grains.Cities;

/// <summary>
/// Tells grains that another registry is in force. Who is to be told is kept first, so that nobody misses it when the process ends meanwhile: what is
/// left is told after the next start, and whoever could not be told is told again. Being told twice is harmless. Lives within its grain's turns.
/// </summary>
internal sealed class Announcements(
    string city, IPersistentState<AnnouncementState> kept, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    /// <summary>How many grains are told at the same time: enough that their writes share transactions, few enough to leave others their turn.</summary>
    private const int ToldAtOnce = 256;

    /// <summary>Whoever applies a registry waits for so many grains at most: about a second when they are awake.</summary>
    private const int MostWaitedFor = 4_096;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Queue<Announcement> _waiting = new();
    private readonly List<Announcement> _missed = [];

    /// <summary>Everybody who has still to be told, with the number of changes: what was told before a later change came into force does not count for it.</summary>
    private readonly Dictionary<Announcement, int> _open = [];
    private Task _telling = Task.CompletedTask;
    private Task _tidying = Task.CompletedTask;
    private bool _isKeeping;
    private TimeSpan _pause = FirstPause;
    private long _missedAt;
    private Exception? _lastError;

    /// <summary>True when everybody has been told.</summary>
    public bool IsDone => _open.Count == 0;

    /// <summary>Takes up what was kept, and goes on with it behind the caller.</summary>
    public void Resume()
    {
        var reach = new RegistryReach(kept.State.Districts, kept.State.Sensors, kept.State.Assets);
        Open(reach);
        Enqueue(reach);
        TellBehind();
    }

    /// <summary>Keeps who is to be told; durable on return. To be called before the registry comes into force.</summary>
    public async Task KeepAsync(RegistryReach reach)
    {
        _isKeeping = true;
        Open(reach);
        try
        {
            await _tidying;
            await WriteAsync();
        }
        catch
        {
            Forget(reach);
            throw;
        }
        finally
        {
            _isKeeping = false;
        }
    }

    /// <summary>The registry did not come into force after all.</summary>
    public void Forget(RegistryReach reach)
    {
        foreach (var one in Of(reach))
        {
            Close(one);
        }
    }

    /// <summary>Tells the first ones of those kept, now that the registry is in force; the rest is told behind the caller.</summary>
    public async Task TellAsync(RegistryReach reach)
    {
        Enqueue(reach);

        // While an earlier change is still being told nobody waits: that goes on with this one.
        if (_telling.IsCompleted)
        {
            _telling = TellSomeAsync(MostWaitedFor);
            await _telling;
            TellBehind();
        }
    }

    /// <summary>Tells those again who could not be told, after a pause that grows while they still cannot.</summary>
    public void TellAgainWhenDue()
    {
        if (_missed.Count > 0 && _telling.IsCompleted && time.GetElapsedTime(_missedAt) >= _pause)
        {
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            _missed.ForEach(_waiting.Enqueue);
            _missed.Clear();
            TellBehind();
        }
    }

    /// <summary>Districts first: they must know a sensor before it reports to them.</summary>
    private static IEnumerable<Announcement> Of(RegistryReach reach) =>
        reach.Districts.Select(id => new Announcement(AnnouncedKind.District, id))
            .Concat(reach.Sensors.Select(name => new Announcement(AnnouncedKind.Sensor, name)))
            .Concat(reach.Assets.Select(id => new Announcement(AnnouncedKind.Asset, id)));

    private void Open(RegistryReach reach)
    {
        foreach (var one in Of(reach))
        {
            _open[one] = _open.GetValueOrDefault(one) + 1;
        }
    }

    private void Close(Announcement one)
    {
        if (--_open[one] == 0)
        {
            _open.Remove(one);
        }
    }

    private void Enqueue(RegistryReach reach)
    {
        foreach (var one in Of(reach))
        {
            _waiting.Enqueue(one);
        }
    }

    private void TellBehind()
    {
        if (_waiting.Count > 0 && _telling.IsCompleted)
        {
            _telling = TellSomeAsync(int.MaxValue);
        }
    }

    private async Task TellSomeAsync(int most)
    {
        for (var told = 0; told < most && _waiting.Count > 0; told += ToldAtOnce)
        {
            var chunk = new Announcement[Math.Min(ToldAtOnce, _waiting.Count)];
            for (var i = 0; i < chunk.Length; i++)
            {
                chunk[i] = _waiting.Dequeue();
            }

            // All called, then awaited one by one: joining them would leave the grain's turns for the thread pool.
            foreach (var call in Array.ConvertAll(chunk, TellOneAsync))
            {
                await call;
            }
        }

        if (_waiting.Count == 0)
        {
            await FinishAsync();
        }
    }

    /// <summary>The registry is in force by now: one grain that cannot be told must neither hide that nor keep the others from being told.</summary>
    private async Task TellOneAsync(Announcement one)
    {
        try
        {
            await RefreshAsync(one);
            Close(one);
        }
        catch (Exception error)
        {
            _missed.Add(one);
            _lastError = error;
        }
    }

    private Task RefreshAsync(Announcement one) => one.Kind switch
    {
        AnnouncedKind.District => grains.GetGrain<IDistrictGrain>(GrainKeys.District(city, one.Id)).Refresh(),
        AnnouncedKind.Asset => grains.GetGrain<IAssetGrain>(GrainKeys.Asset(city, one.Id)).Refresh(),
        _ => grains.GetGrain<ISensorGrain>($"{city}/{one.Id}").Refresh(),
    };

    /// <summary>What is kept needs to be no more than what is left.</summary>
    private Task FinishAsync()
    {
        if (_missed.Count == 0)
        {
            _pause = FirstPause;
        }
        else
        {
            _missedAt = time.GetTimestamp();
            Log.ChangeNotTold(logger, _lastError, _missed.Count, city, _pause.TotalSeconds);
        }

        if (_isKeeping || (_open.Count == 0 && IsEmpty(kept.State)))
        {
            return Task.CompletedTask;
        }

        _tidying = TidyAsync();
        return _tidying;
    }

    /// <summary>When that cannot be written, some are told once more after the next start.</summary>
    private async Task TidyAsync()
    {
        try
        {
            await WriteAsync();
        }
        catch (Exception error)
        {
            Log.AnnouncementsNotSaved(logger, error, city);
        }
    }

    private Task WriteAsync()
    {
        kept.State = new() { Districts = Ids(AnnouncedKind.District), Sensors = Ids(AnnouncedKind.Sensor), Assets = Ids(AnnouncedKind.Asset) };
        return kept.WriteStateAsync();
    }

    private static bool IsEmpty(AnnouncementState state) => state.Districts.IsEmpty && state.Sensors.IsEmpty && state.Assets.IsEmpty;

    private ImmutableArray<string> Ids(AnnouncedKind kind) =>
        [.. _open.Keys.Where(one => one.Kind == kind).Select(one => one.Id).Order(StringComparer.Ordinal)];
}
