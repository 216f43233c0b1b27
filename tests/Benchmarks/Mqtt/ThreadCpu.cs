using System.Runtime.InteropServices;

namespace Quartier.Benchmarks.Mqtt;

/// <summary>The CPU time of the calling thread: the runtime only offers that of the whole process.</summary>
internal static class ThreadCpu
{
    private const int ThreadCpuClock = 3;

    /// <summary>CPU seconds used by the calling thread so far (Linux).</summary>
    public static double Seconds()
    {
        var result = ClockGetTime(ThreadCpuClock, out var time);
        return result == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : throw new PlatformNotSupportedException("clock_gettime failed.");
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
