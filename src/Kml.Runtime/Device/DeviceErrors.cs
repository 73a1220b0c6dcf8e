using Kml.Runtime.Native;
namespace Kml.Runtime.Device;

/// <summary>Error numbers of the device as sentences with a remedy.</summary>
internal static class DeviceErrors
{
    public static KernelModelException OnOpen(string model, string path, int error) => new(
        error switch
        {
            LibC.NoEntry =>
                $"There is no {path}: the module kml_{model} is not loaded on this machine. Load it: insmod bin/kmod/{model}/kml_{model}.ko",
            LibC.NoDevice or LibC.NoSuchDevice =>
                $"{path} has no module behind it any more. Load it: insmod bin/kmod/{model}/kml_{model}.ko",
            LibC.Busy =>
                $"{path} already has a reader, and a module has one at a time. End the other one (it is named by: fuser {path}), then try again.",
            LibC.AccessDenied or LibC.PermissionDenied =>
                $"{path} may not be opened by this user: reading a kernel model needs CAP_SYS_ADMIN. Run as root.",
            _ => $"{path} could not be opened: {LibC.Describe(error)}.",
        },
        error);

    public static KernelModelException OnAsk(string path, int error) => error switch
    {
        // The size of the info page is part of the request's number, so another version does not know the request.
        LibC.NotTypewriter or LibC.Invalid => ModuleInfo.OtherVersion(path, "another version"),
        LibC.AccessDenied or LibC.PermissionDenied =>
            new($"{path} does not answer this user: asking a kernel model needs CAP_SYS_ADMIN. Run as root.", error),
        _ => new($"{path} did not say what it is: {LibC.Describe(error)}.", error),
    };
}
