using System.Globalization;

namespace Orleans;

/// <summary>
/// How long callers of the method wait for an answer before a <see cref="TimeoutException"/>, in place of what the silo has set for all. Stands on the method of
/// the interface: the caller must know it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Sets the time.</summary>
    /// <param name="timeout">As <see cref="TimeSpan.Parse(string)"/> takes it, such as <c>01:00:00</c> for an hour.</param>
    public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);

    /// <summary>The time.</summary>
    public TimeSpan? Timeout { get; init; }
}
