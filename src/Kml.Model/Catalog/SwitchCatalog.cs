using System.Collections.Generic;

namespace Kml.Model;

/// <summary>All that a module is told and tells, but for its counters (<see cref="CounterCatalog"/>). The order is that of the C enum.</summary>
public static class SwitchCatalog
{
    /// <summary>Whether records are made, and until when.</summary>
    public static SwitchInfo Collect { get; } = new(
        "collect",
        "0, 1, `keep`",
        "labelled records go to the rings: 1 until the reader of `/dev/kml-<model>` closes it or dies, and refused without one; "
            + "`keep` until 0 is written; 0 at load",
        "text = kml_collect_name()",
        "kml_collect_store(buf)",
        new("bool", Remark: "labelled records go to the rings: kml_collect.c"));

    /// <summary>Whether the model predicts.</summary>
    public static SwitchInfo Predict { get; } = new(
        "predict",
        "0, 1",
        "predict at the label's first event; refused without weights; **1 at load** with them: choose no disk at load, "
            + "or write 0 before you do, to begin quietly",
        "value = READ_ONCE(kml_control.predict)",
        "switch_store(&kml_control.predict, buf)",
        new("bool", Initial: "KML_HAS_WEIGHTS"));

    /// <summary>Whether it acts.</summary>
    public static SwitchInfo Act { get; } = new(
        "act",
        "0, 1",
        "carry out what the policy asks for; refused without weights or without a policy; 0 at load",
        "value = READ_ONCE(kml_control.act)",
        "switch_store(&kml_control.act, buf)",
        new("bool", Remark: "the policy's wish is carried out"));

    /// <summary>Who may predict.</summary>
    public static SwitchInfo Path { get; } = new(
        "path",
        "`auto` `fpu` `int` `none`",
        "who may predict: the FPU where it may be used, else the integer twin, else nobody; or one of them; `int` is refused without a twin; `auto` at load",
        "text = path_names[READ_ONCE(kml_control.path)]",
        "path_store(buf)",
        new("enum kml_path"),
        EquatableArray.Of(
            new SwitchChoice("auto", "FPU if it can be used, else the twin, else none"),
            new SwitchChoice("fpu"),
            new SwitchChoice("int"),
            new SwitchChoice("none")));

    /// <summary>The share that is held out.</summary>
    public static SwitchInfo Holdout { get; } = new(
        "holdout",
        "0 to 100",
        "per cent of predictions on which nothing is carried out (5 at load)",
        "value = READ_ONCE(kml_control.holdout)",
        "holdout_store(buf)",
        new("unsigned int", Initial: "5", Remark: "percent left un-acted while acting"),
        Most: 100);

    /// <summary>The chosen disks.</summary>
    public static SwitchInfo Devices { get; } = new(
        "devices",
        "names, paths, numbers, `none`",
        "the disks to watch, at most 16, separated by commas or white space; all of a list or nothing; none at load unless `devices=` names them",
        "return kml_devices_show(buf)",
        "kml_devices_choose(buf)");

    /// <summary>What was learned.</summary>
    public static SwitchInfo Fingerprint { get; } = new("fingerprint", "", "SHA-256 of the learned part of the model", "text = KML_FINGERPRINT");

    /// <summary>Which weights.</summary>
    public static SwitchInfo WeightsVersion { get; } = new("weights_version", "", "the version of the weights, 0 without", "value = KML_WEIGHTS_VERSION");

    /// <summary>Which instructions.</summary>
    public static SwitchInfo Isa { get; } = new(
        "isa",
        "",
        "which compiled form of the network this processor runs",
        "text = KML_HAS_WEIGHTS ? kml_isa_names[kml_isa_best] : \"none\"",
        Remark: "which compiled form the FPU path uses on this processor");

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<SwitchInfo> All { get; } = [Collect, Predict, Act, Path, Holdout, Devices, Fingerprint, WeightsVersion, Isa];

    /// <summary>The disks that are chosen at load.</summary>
    public static ParameterInfo DevicesAtLoad { get; } =
        new("devices", "charp", "0", "char *", "\"\"", "disks to observe from the start, as in sysfs (none)", Example: "vda");

    /// <summary>The bound on the rings' memory.</summary>
    public static ParameterInfo RingMib { get; } =
        new("ring_mib", "uint", "0444", "unsigned int", "256", "most memory for the rings of all CPUs together, in MiB (256)");

    /// <summary>The parameters at load.</summary>
    public static IReadOnlyList<ParameterInfo> Parameters { get; } = [DevicesAtLoad, RingMib];
}
