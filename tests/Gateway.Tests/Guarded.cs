namespace Gateway.Tests;

/// <summary>Keeps a mistake from hanging the test run; no test asserts how long anything takes.</summary>
internal static class Guarded
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task Soon(this Task task) => task.WaitAsync(Limit, Token);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit, Token);
}
