using System.Runtime.CompilerServices;

namespace Mqtt.Tests.Peers;

/// <summary>
/// A test against a program of somebody else. A missing program is a failure, unless QUARTIER_SKIP_PEERS=1 says that it may be missing.
/// </summary>
public sealed class PeerFactAttribute : FactAttribute
{
    /// <summary>Why peers are left out.</summary>
    public const string Reason = "QUARTIER_SKIP_PEERS=1";

    public PeerFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (MayBeMissing)
        {
            Skip = Reason;
        }
    }

    /// <summary>Whether somebody said that programs of others may be missing here.</summary>
    public static bool MayBeMissing => Environment.GetEnvironmentVariable("QUARTIER_SKIP_PEERS") == "1";
}
