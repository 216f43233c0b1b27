using System.Runtime.CompilerServices;

namespace Mqtt.Tests.Peers;

/// <summary>
/// A test against a program of somebody else. A missing program is a failure, unless QUARTIER_SKIP_PEERS=1 says that it may be missing.
/// </summary>
public sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Environment.GetEnvironmentVariable("QUARTIER_SKIP_PEERS") == "1")
        {
            Skip = "QUARTIER_SKIP_PEERS=1";
        }
    }
}
