using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests;

public sealed class SimulatedStoreTests
{
    private const int Operations = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Store_answers_like_the_model_whatever_is_done_with_it(int seed)
    {
        var workload = new StoreWorkload(seed);
        workload.Open();
        for (var i = 0; i < Operations; i++)
        {
            await workload.StepAsync();
        }

        await workload.VerifyAsync();
        await workload.VerifySealedAsync();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Store_keeps_what_it_acknowledged_over_many_crashes(int seed)
    {
        var workload = new StoreWorkload(seed);
        var random = new Random(seed);
        workload.Open();
        for (var round = 0; round < 12; round++)
        {
            workload.Disk.CrashAt = workload.Disk.Steps + random.Next(1, 60);
            await RunUntilCrashAsync(workload);
            Restart(workload.Disk, random.Next(3) == 0);
            await workload.RecoverAsync();
        }

        await workload.VerifySealedAsync();
    }

    [Fact]
    public async Task Store_recovers_at_every_write_boundary()
    {
        var total = await StepsOfScriptAsync();
        Assert.InRange(total, 100, 5_000);
        for (var crashAt = 1; crashAt <= total; crashAt++)
        {
            var workload = new StoreWorkload(7);
            workload.Disk.CrashAt = crashAt;
            await RunScriptAsync(workload);
            workload.Disk.PowerUp();
            await workload.RecoverAsync();
            await workload.VerifySealedAsync();
        }
    }

    [Fact]
    public async Task Store_survives_a_crash_during_each_step_of_recovery()
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var workload = new StoreWorkload(11);
            workload.Disk.CrashAt = 150;
            await RunScriptAsync(workload);
            workload.Disk.PowerUp();
            workload.Disk.CrashAt = workload.Disk.Steps + crashAt;
            var isThrough = false;
            try
            {
                workload.Open();
                isThrough = true;
            }
            catch (SimulatedCrashException)
            {
                workload.Disk.PowerUp();
            }

            workload.Disk.CrashAt = 0;
            await workload.RecoverAsync();
            await workload.VerifySealedAsync();
            if (isThrough)
            {
                Assert.InRange(crashAt, 3, 1_000);
                return;
            }
        }
    }

    [Fact]
    public async Task Store_goes_on_after_any_operation_of_the_disk_has_failed()
    {
        var total = await StepsOfScriptAsync();
        for (var failAt = 6; failAt <= total; failAt++)
        {
            var workload = new StoreWorkload(7);
            workload.Disk.FailAt = failAt;
            try
            {
                await RunScriptAsync(workload);
            }
            catch (Exception failure) when (failure is IOException or StoreException)
            {
                // A read, a deletion or an opening that failed says so; the store must be none the worse.
                Assert.True(workload.Disk.Steps >= failAt, failure.ToString());
            }

            workload.Disk.FailAt = 0;
            workload.Disk.RestartProcess();
            await workload.RecoverAsync();
            await workload.VerifySealedAsync();
        }
    }

    private static async Task<int> StepsOfScriptAsync()
    {
        var workload = new StoreWorkload(7);
        await RunScriptAsync(workload);
        return workload.Disk.Steps;
    }

    private static async Task RunScriptAsync(StoreWorkload workload)
    {
        try
        {
            workload.Open();
            for (var i = 0; i < 150; i++)
            {
                await workload.StepAsync();
            }
        }
        catch (SimulatedCrashException)
        {
            // The crash that the test asked for.
        }
    }

    private static async Task RunUntilCrashAsync(StoreWorkload workload)
    {
        try
        {
            while (true)
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
