using System.Collections.Immutable;
using Api.Tests.Fakes;
using Quartier.Api.Native.Retention;
using Quartier.Contracts.Retention;

namespace Api.Tests;

/// <summary>A run of the retention that takes longer than a call waits for its answer.</summary>
public sealed class RetentionRunTests
{
    [Theory]
    [InlineData(RetentionPhase.Done, null, null)]
    [InlineData(RetentionPhase.Dropped, "journal: a reading of 2026-06-01", null)]
    [InlineData(RetentionPhase.Dropped, null, "the disk says no")]
    public async Task Answer_waits_until_it_is_done_or_held_up(RetentionPhase phase, string? incident, string? failure)
    {
        var run = new RetentionRun("2026-07-02", "person:dora", 0, RetentionPhase.MovesPlanned, 0, null, ImmutableDictionary<string, long>.Empty);
        var grain = new SlowRetention([new(run, 0, null), new(run, 0, null), new(run with { Phase = phase, Incident = incident }, 0, failure)]);
        var reader = new RetentionReader(GrainFactoryProxy.Of((_, _) => grain), null!, null!, new HurriedTime(), null!);
        await reader.RunAsync("person:dora", TestContext.Current.CancellationToken);
        Assert.Equal(3, grain.Asked);
    }

    /// <summary>Tells in turn how it stands.</summary>
    private sealed class SlowRetention(RetentionStatus[] told) : IRetentionGrain
    {
        public int Asked { get; private set; }

        public Task Wake() => throw new NotSupportedException();

        public Task<RetentionStatus> Run(string by) => throw new TimeoutException("Response did not arrive on time.");

        public Task<RetentionStatus> GetStatus() => Task.FromResult(told[Asked++]);

        public Task<RetentionVerification> Verify() => throw new NotSupportedException();
    }

    /// <summary>A clock on which every wait is over at once.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
