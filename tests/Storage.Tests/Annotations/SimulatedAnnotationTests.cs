using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Annotations;

public sealed class SimulatedAnnotationTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Annotations_are_what_the_model_says_whatever_is_done_with_the_store(int seed)
    {
        var workload = new AnnotationWorkload(seed);
        workload.Open();
        await workload.RunAsync(300);
        await workload.VerifyAsync();
        await workload.VerifySealedAsync();
        Assert.True(workload.Model.Expired > 0, "Nothing expired on the way.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Annotations_that_were_acknowledged_survive_many_crashes_with_their_readings(int seed)
    {
        var workload = new AnnotationWorkload(seed);
        var random = new Random(seed);
        workload.Open();
        for (var round = 0; round < 12; round++)
        {
            workload.Disk.CrashAt = workload.Disk.Steps + random.Next(1, 60);
            await UntilCrashAsync(workload, int.MaxValue);
            Restart(workload.Disk, isKill: random.Next(3) == 0);
            await workload.RecoverAsync();
        }

        await workload.VerifySealedAsync();
    }

    [Fact]
    public async Task Annotations_recover_at_every_write_boundary()
    {
        var whole = new AnnotationWorkload(7);
        await UntilCrashAsync(whole, 110);
        Assert.InRange(whole.Disk.Steps, 60, 5_000);
        for (var crashAt = 1; crashAt <= whole.Disk.Steps; crashAt++)
        {
            var workload = new AnnotationWorkload(7);
            workload.Disk.CrashAt = crashAt;
            await UntilCrashAsync(workload, 110);
            workload.Disk.PowerUp();
            await workload.RecoverAsync();
            await workload.VerifySealedAsync();
        }
    }

    [Fact]
    public async Task Annotations_outlive_any_failing_operation_of_the_disk()
    {
        var whole = new AnnotationWorkload(9);
        await UntilCrashAsync(whole, 110);
        for (var failAt = 6; failAt <= whole.Disk.Steps; failAt++)
        {
            var workload = new AnnotationWorkload(9);
            workload.Disk.FailAt = failAt;
            try
            {
                await UntilCrashAsync(workload, 110);
            }
            catch (Exception failure) when (failure is IOException or StoreException)
            {
                Assert.True(workload.Disk.Steps >= failAt, failure.ToString());
            }

            workload.Disk.FailAt = 0;
            workload.Disk.RestartProcess();
            await workload.RecoverAsync();
            await workload.VerifySealedAsync();
        }
    }

    private static async Task UntilCrashAsync(AnnotationWorkload workload, int operations)
    {
        try
        {
            if (workload.Store is null)
            {
                workload.Open();
            }

            for (var i = 0; i < operations; i++)
            {
                await workload.StepAsync();
            }
        }
        catch (SimulatedCrashException)
        {
            // The crash that the test asked for.
        }
    }

    private static void Restart(SimulatedDisk disk, bool isKill)
    {
        if (isKill)
        {
            disk.RestartProcess();
        }
        else
        {
            disk.PowerUp();
        }
    }
}
