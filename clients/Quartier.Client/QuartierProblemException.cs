using System.Net;
using Quartier.Client.Registry;

namespace Quartier.Client;

/// <summary>The server answered with a problem (RFC 9457), or not at all.</summary>
public sealed class QuartierProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong and the remedy.</param>
    /// <param name="status">The HTTP status, or null when there was no answer.</param>
    /// <param name="problems">Lines of a registry file that were refused.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public QuartierProblemException(
        string message, HttpStatusCode? status, IReadOnlyList<RegistryProblem> problems, Exception? inner = null)
        : base(message, inner)
    {
        Status = status;
        Problems = problems;
    }

    /// <summary>The HTTP status, or null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Lines of a registry file that were refused; empty for every other problem.</summary>
    public IReadOnlyList<RegistryProblem> Problems { get; }
}
