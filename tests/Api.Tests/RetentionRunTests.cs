using Api.Tests.Fakes;
using Quartier.Api.Native.Retention;
using Quartier.Contracts.Retention;

namespace Api.Tests;

/// <summary>A run of the retention takes hours, and its caller may not be there any more at the end.</summary>
public sealed class RetentionRunTests
{
    [Fact]
    public async Task Caller_that_goes_away_does_not_end_the_run()
    {
        var grain = new SlowRetention();
        var reader = new RetentionReader(GrainFactoryProxy.Of((_, _) => grain), null!, null!, TimeProvider.System, null!);
        using var gone = new CancellationTokenSource();
        var (waiting, other) = (reader.RunAsync("person:dora", gone.Token), reader.RunAsync("person:dora", TestContext.Current.CancellationToken));
        var verifying = reader.VerifyAsync(gone.Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => verifying);
        Assert.False(other.IsCompleted);
        grain.Ended.SetResult(new(null, 0, null));
        await other;
    }

    private sealed class SlowRetention : IRetentionGrain
    {
        public TaskCompletionSource<RetentionStatus> Ended { get; } = new();

        public Task Wake() => throw new NotSupportedException();

        public Task<RetentionStatus> Run(string by) => Ended.Task;

        public Task<RetentionStatus> GetStatus() => throw new NotSupportedException();

        public async Task<RetentionVerification> Verify()
        {
            await Ended.Task;
            return new([], 0, []);
        }
    }
}
