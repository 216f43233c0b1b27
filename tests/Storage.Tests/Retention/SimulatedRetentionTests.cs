using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Retention;

public sealed class SimulatedRetentionTests
{
    /// <summary>Every boundary in the longer variant; else every seventh, another one of seven for each kind of fault.</summary>
    private static readonly int Stride = Environment.GetEnvironmentVariable("QUARTIER_FULL") == "1" ? 1 : 7;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Store_answers_from_readings_and_roll_ups_without_counting_twice(int seed)
    {
        var workload = new RetentionWorkload(seed);
        workload.Open();
        await workload.RunAsync();
    }

    [Fact]
    public async Task Retention_resumes_after_a_crash_at_every_write_boundary()
    {
        var total = await StepsAsync();
        Assert.InRange(total, 300, 10_000);
        for (var crashAt = 1; crashAt <= total; crashAt += Stride)
        {
            var workload = new RetentionWorkload(7);
            workload.Disk.CrashAt = crashAt;
            try
            {
                workload.Open();
                await workload.RunAsync();
            }
            catch (SimulatedCrashException)
            {
                // The crash that the test asked for.
            }

            var at = workload.Disk.LastStep;
            workload.Disk.PowerUp();
            try
            {
                await workload.RecoverAsync();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"After a crash at step {crashAt}, {at}.", error);
            }
        }
    }

    [Fact]
    public async Task Retention_goes_on_after_any_operation_of_the_disk_has_failed()
    {
        var total = await StepsAsync();
        for (var failAt = 6; failAt <= total; failAt += Stride)
        {
            var workload = new RetentionWorkload(7);
            workload.Disk.FailAt = failAt;
            try
            {
                workload.Open();
                await workload.RunAsync();
            }
            catch (Exception failure) when (failure is IOException or StoreException)
            {
                Assert.True(workload.Disk.Steps >= failAt, failure.ToString());

                // The same process goes on: what it says now is exact too, and the night ends well.
                workload.Disk.FailAt = 0;
                workload.Store?.Pump();
            }

            workload.Disk.FailAt = 0;
            workload.Disk.RestartProcess();
            await workload.RecoverAsync();
        }
    }

    private static async Task<int> StepsAsync()
    {
        var workload = new RetentionWorkload(7);
        workload.Open();
        await workload.RunAsync();
        return workload.Disk.Steps;
    }
}
