using System.IO;

namespace Kml.Runtime;

/// <summary>The module's device, rings or attributes could not be used; the message says which, why, and what to do.</summary>
/// <param name="message">What happened, and the remedy.</param>
/// <param name="errorNumber">The kernel's error number, or 0 if the kernel reported none.</param>
public sealed class KernelModelException(string message, int errorNumber = 0) : IOException(message)
{
    /// <summary>The kernel's error number (<c>errno</c>), or 0 if the kernel reported none.</summary>
    public int ErrorNumber { get; } = errorNumber;
}
